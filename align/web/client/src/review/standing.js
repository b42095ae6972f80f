// What stands for each subject: what the server said, and over it what this browser decided and could not send yet.
const name = ({ kind, key }) => `${kind} ${key}`;

export class Standing {
  constructor() {
    this.stacks = new Map(); // by subject: the server's events that are known, the latest last
    this.changed = new Map(); // by event: {event, now}, decisions on an earlier text
    this.counted = new Map(); // by subject: up to which number its stack has all events
    this.last = 0;
    this.opened = 0;
  }

  open({ last, standing, changed }) {
    this.last = this.opened = last;
    this.counted.clear();
    this.stacks = new Map(standing.map((event) => [name(event.subject), [event]]));
    this.changed = new Map((changed || []).map((own) => [own.event.event, own]));
  }

  // Takes an event of the server, which are told in their order. An answer may have come before them: what it counted in
  // already is passed over, and an event that it named stands above those that were before it. False where an event is
  // taken back and it is not known what stood before.
  take(event, number) {
    const own = name(event.subject);
    if (number <= (this.counted.get(own) ?? this.opened)) return true;
    const stack = this.stacks.get(own) || [];
    this.stacks.set(own, stack);
    if (event.decision !== "undone") {
      const at = stack.findIndex((one) => one.event === event.event);
      if (at >= 0) stack.splice(at, 1);
      stack.push(event);
    } else if (stack.at(-1)?.event === event.based_on) {
      const taken = stack.pop();
      return stack.length > 0 || taken.based_on === null;
    }
    return true;
  }

  // What the server says that stands for one subject, an event or null, after the event of this number.
  put(subject, event, number = 0) {
    this.counted.set(name(subject), Math.max(number, this.counted.get(name(subject)) ?? this.opened));
    if (event) this.stacks.set(name(subject), [event]);
    else this.stacks.delete(name(subject));
  }

  of(subject) {
    return this.stacks.get(name(subject))?.at(-1) ?? null;
  }

  events() {
    return [...this.stacks.values()].filter((stack) => stack.length).map((stack) => stack.at(-1));
  }
}
