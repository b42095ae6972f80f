"""The connections of the viewer's server: who must make room, and who waits too long."""

from __future__ import annotations

from align.web.viewer.connections import Connections


class Line:
    """A connection that notes that it was ended."""

    ended = False

    def shutdown(self, how):
        self.ended = True


def test_those_who_wait_make_room():
    """Where there are too many connections, the one that waits longest is ended; where all are busy, none is let in."""
    now = [0.0]
    connections = Connections(most=3, idle=30.0, clock=lambda: now[0])
    first, second, third, fourth, fifth = (Line() for _ in range(5))
    for own in (first, second, third):
        assert connections.admitted(own)
        now[0] += 1
    connections.work(first)
    assert connections.admitted(fourth)
    assert [own.ended for own in (first, second, third, fourth)] == [False, True, False, False]
    connections.work(third)
    connections.work(fourth)
    assert not connections.admitted(fifth)
    connections.remove(third)
    assert connections.admitted(fifth)


def test_those_who_wait_too_long_are_ended():
    """A connection that waits for its request too long is ended, one that is being answered or asks again is not."""
    now = [0.0]
    connections = Connections(most=9, idle=30.0, clock=lambda: now[0])
    idle, busy, again = (Line() for _ in range(3))
    for own in (idle, busy, again):
        connections.admitted(own)
    connections.work(busy)
    now[0] = 20.0
    connections.work(again)
    connections.wait(again)
    now[0] = 31.0
    connections.close_idle()
    assert [own.ended for own in (idle, busy, again)] == [True, False, False]
