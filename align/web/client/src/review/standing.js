// What stands for each subject: what the server said, and over it what this browser decided and could not send yet.
const name = ({ kind, key }) => `${kind} ${key}`;

export class Standing {
  constructor() {
    this.stacks = new Map(); // by subject: the server's events that are known, the latest last
    this.changed = new Map(); // by event: {event, now}, decisions on an earlier text
    this.last = 0;
  }

  open({ last, standing, changed }) {
    this.last = last;
    this.stacks = new Map(standing.map((event) => [name(event.subject), [event]]));
    this.changed = new Map((changed || []).map((own) => [own.event.event, own]));
  }

  // Takes an event of the server. False where it takes one back and it is not known what stood before.
  take(event) {
    const stack = this.stacks.get(name(event.subject)) || [];
    this.stacks.set(name(event.subject), stack);
    if (stack.some((own) => own.event === event.event)) return true;
    if (event.decision !== "undone") stack.push(event);
    else if (stack.at(-1)?.event === event.based_on) {
      const taken = stack.pop();
      return stack.length > 0 || taken.based_on === null;
    }
    return true;
  }

  // What the server says that stands for one subject: an event, or null.
  put(subject, event) {
    if (event) this.stacks.set(name(subject), [event]);
    else this.stacks.delete(name(subject));
  }

  of(subject) {
    return this.stacks.get(name(subject))?.at(-1) ?? null;
  }

  // What stood before the event that stands; undefined where that is not known.
  before(subject) {
    const stack = this.stacks.get(name(subject)) || [];
    const event = stack.at(-1);
    return stack.length > 1 ? stack.at(-2) : event && event.based_on === null ? null : undefined;
  }

  events() {
    return [...this.stacks.values()].filter((stack) => stack.length).map((stack) => stack.at(-1));
  }
}
