"""Where the boxes and arrows of a workflow go on paper.

Stages stand in one column in the edition’s order; ends, and stages from which a case never goes on, stand in a second.
Neighbours are joined straight; every other move leaves its box sideways under its label, runs along a lane that only
moves to the same stage share, and enters that stage. Labels stand between box and lanes, where no lane runs, each
above its own line: so no line crosses a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from regulator.regime.lettering import LINE, fold
from regulator.regime.paper import PORT, Arrow, Box, Lane, Paper, Point, Port, Words
from regulator.regime.workflow import Move, Workflow

TRUNK, BANK = 184.0, 150.0
LABEL, GUTTER = 150.0, 172.0
LANE, MARGIN = 14.0, 16.0
PAD, GAP, BESIDE, CLEAR = 9.0, 26.0, 30.0, 22.0


def lay_out(flow: Workflow) -> Paper:
    """A place for every stage and every move that is seen."""
    return _Plan(flow).paper()


class _Plan:
    """Columns, then lines, then rows, lanes and ports: each step needs only what came before."""

    def __init__(self, flow: Workflow) -> None:
        self.flow = flow
        banks = _banks(flow)
        self.boxes = {
            stage.name: Box(
                stage.name, fold(stage.label, BANK - 20, bold=True), stage.is_end, stage.name in banks
            )
            for stage in flow.stages
        }
        self.trunk = [box for box in self.boxes.values() if not box.is_bank]
        self.banks = [self.boxes[name] for name in banks]
        self.straight: dict[tuple[str, str], Move] = {}
        self.lanes: dict[tuple[bool, str], Lane] = {}
        self.ports: list[Port] = []
        self._draw_lines()
        self._stack()
        self._number_lanes()
        self._place_ports()
        self._number_lanes()  # again, for placing the ports may have moved a box down
        self._place_columns()

    def _draw_lines(self) -> None:
        """Decide of each move whether it goes straight or along a lane."""
        beside = {pair for column in (self.trunk, self.banks) for pair in pairwise(b.name for b in column)}
        for move in self.flow.moves:
            label = _label(move)
            if move.source is None:
                self.ports.append(Port(self.boxes[move.to], None, move, label))
            elif {(move.source, move.to), (move.to, move.source)} & beside:
                self.straight[move.source, move.to] = move
            else:
                lane = self._lane(self.boxes[move.source], self.boxes[move.to])
                self._join(Port(self.boxes[move.source], lane, move, label))

    def _lane(self, source: Box, to: Box) -> Lane:
        is_left = not (source.is_bank or to.is_bank)
        if (is_left, to.name) not in self.lanes:
            self.lanes[is_left, to.name] = Lane(is_left, to)
            self._join(Port(to, self.lanes[is_left, to.name]))
        return self.lanes[is_left, to.name]

    def _join(self, port: Port) -> None:
        self.ports.append(port)
        if port.lane is not None:
            port.lane.ports.append(port)

    def _sides(self) -> dict[tuple[str, bool], list[Port]]:
        """The ports on each side of each box; the left side of a bank faces the lanes between the columns."""
        sides: dict[tuple[str, bool], list[Port]] = defaultdict(list)
        for port in self.ports:
            sides[port.box.name, port.lane is None or port.lane.is_left].append(port)
        return sides

    def _stack(self) -> None:
        """Rows: each box as high as its lines need, banks beside the stages that lead to them."""
        for (name, _), ports in self._sides().items():
            self.boxes[name].h = max(self.boxes[name].h, sum(port.height for port in ports) + PAD)
        for box in self.boxes.values():
            box.h = max(box.h, LINE * len(box.label) + 28)
        self._stand(self.trunk, [0.0] * len(self.trunk))
        self._stand(self.banks, [self._beside(box) for box in self.banks])

    def _stand(self, column: Sequence[Box], wanted: Sequence[float]) -> None:
        """Each box as near below its wanted middle as those before it allow."""
        bottom = MARGIN
        for number, (box, middle) in enumerate(zip(column, wanted, strict=True)):
            above = column[number - 1].name if number else ""
            lines = [
                len(_label(move)) for way, move in self.straight.items() if set(way) == {above, box.name}
            ]
            gap = max(GAP, max(lines, default=0) * LINE + CLEAR) if number else 0
            box.y = max(bottom + gap, middle - box.h / 2)
            bottom = box.y + box.h

    def _beside(self, box: Box) -> float:
        """The middle of the stages of the trunk that lead to it."""
        ys = [self.boxes[m.source].middle[1] for m in self.flow.moves if m.to == box.name and m.source]
        return sum(ys) / len(ys) if ys else 0.0

    def _number_lanes(self) -> None:
        """Short lanes nearest; two share a number where they do not run beside one another."""
        for is_left in (True, False):
            taken: list[list[Point]] = []
            mine = [lane for lane in self.lanes.values() if lane.is_left is is_left]
            for lane in sorted(mine, key=lambda lane: lane.span[1] - lane.span[0]):
                top, bottom = lane.span
                free = (i for i, spans in enumerate(taken) if all(bottom < a or b < top for a, b in spans))
                lane.number = next(free, len(taken))
                if lane.number == len(taken):
                    taken.append([])
                taken[lane.number].append((top - GAP, bottom + GAP))

    def _place_ports(self) -> None:
        for ports in self._sides().values():
            self._spread(ports)
        rows = [port.y for port in self.ports if not port.box.is_bank]
        for number, box in enumerate(self.banks):
            mine = [port for port in self.ports if port.box is box]
            while any(abs(port.y - y) < PORT - 2 for port in mine for y in rows):
                _lower(self.banks[number:], self.ports, 1.0)

    def _spread(self, ports: list[Port]) -> None:
        """Down the side of a box in the order in which their lines cross least."""
        ports.sort(key=self._crossing)
        box = ports[0].box
        y = box.y + (box.h - sum(port.height for port in ports)) / 2
        for port in ports:
            y += port.height
            port.y = y - PORT / 2

    def _crossing(self, port: Port) -> tuple[int, float]:
        """Lines going up first, the nearest lane first; then those coming in; then those going down, furthest first."""
        if port.lane is None:
            return (1, -1.0)
        if port.move is None:
            return (1, 0.0)
        far = -port.lane.number if port.box.is_bank else port.lane.number
        return (0, far) if port.lane.to.middle[1] < port.box.middle[1] else (2, -far)

    def _place_columns(self) -> None:
        lefts = 1 + max((lane.number for lane in self.lanes.values() if lane.is_left), default=-1)
        rights = 1 + max((lane.number for lane in self.lanes.values() if not lane.is_left), default=-1)
        self.trunk_x = MARGIN + lefts * LANE + GUTTER
        self.bank_x = self.trunk_x + TRUNK + GUTTER + rights * LANE + GUTTER
        for box in self.boxes.values():
            box.x, box.w = (self.bank_x, BANK) if box.is_bank else (self.trunk_x, TRUNK)

    def paper(self) -> Paper:
        """The picture."""
        boxes = tuple(self.boxes.values())
        arrows = (*self._straight_arrows(), *self._side_arrows())
        right = max(box.x + box.w for box in boxes)
        return Paper(right + MARGIN, max(box.y + box.h for box in boxes) + MARGIN, boxes, arrows)

    def _straight_arrows(self) -> Iterator[Arrow]:
        """Down and up side by side where there are both, each with its label on the outside."""
        for (source, to), move in self.straight.items():
            a, b = self.boxes[source], self.boxes[to]
            down, both = a.y < b.y, (to, source) in self.straight
            x = a.middle[0] + (0 if not both else -BESIDE if down else BESIDE)
            ends = ((x, a.y + a.h), (x, b.y)) if down else ((x, a.y), (x, b.y + b.h))
            baseline = min(y for _, y in ends) + 4 + LINE * 0.8
            if (both and down) or (a.is_bank and not both):
                yield Arrow(move, ends, Words(x - 9, baseline, _label(move), "end"))
            else:
                yield Arrow(move, ends, Words(x + 9, baseline, _label(move), "start"))

    def _side_arrows(self) -> Iterator[Arrow]:
        into = {id(port.lane): port.y for port in self.ports if port.move is None}
        for port in self.ports:
            if port.move is not None:
                yield self._side_arrow(port, port.move, into.get(id(port.lane), port.y))

    def _side_arrow(self, port: Port, move: Move, into: float) -> Arrow:
        leftwards = port.lane is None or port.lane.is_left or port.box.is_bank
        edge = port.box.x if leftwards else port.box.x + port.box.w
        out = -1 if leftwards else 1
        baseline = port.y - 5 - LINE * (len(port.label) - 1)
        words = Words(edge + out * 10, baseline, port.label, "end" if leftwards else "start")
        if port.lane is None:
            return Arrow(move, ((edge - LABEL, port.y), (edge, port.y)), words)
        lane, to = self._lane_x(port.lane), port.lane.to
        entry = to.x if to.is_bank or port.lane.is_left else to.x + to.w
        return Arrow(move, ((edge, port.y), (lane, port.y), (lane, into), (entry, into)), words)

    def _lane_x(self, lane: Lane) -> float:
        if lane.is_left:
            return self.trunk_x - GUTTER - lane.number * LANE
        return self.trunk_x + TRUNK + GUTTER + (lane.number + 0.5) * LANE


def _label(move: Move) -> tuple[str, ...]:
    """The names of the steps, one under another; a dot tells them apart where there are several."""
    if len(move.steps) == 1:
        return fold(move.steps[0].label, LABEL)
    return tuple(line for step in move.steps for line in fold(f"· {step.label}", LABEL))


def _banks(flow: Workflow) -> list[str]:
    """The stages beside the trunk, from the top: ends, and stages from which no case goes on to a later one."""
    order = {stage.name: number for number, stage in enumerate(flow.stages)}
    open_ = [stage.name for stage in flow.stages if not stage.is_end]
    goes_on = {m.source for m in flow.moves if m.source and m.to in open_ and order[m.to] > order[m.source]}
    banks = [name for name in order if name not in goes_on and name not in open_[-1:]]
    height: dict[str, float] = dict(order)
    for name in banks:
        above = [height[m.source] + 0.1 for m in flow.moves if m.to == name and m.source]
        height[name] = sum(above) / len(above) if above else height[name]
    return sorted(banks, key=lambda name: height[name])


def _lower(boxes: Sequence[Box], ports: Sequence[Port], by: float) -> None:
    moved = {box.name for box in boxes}
    for box in boxes:
        box.y += by
    for port in ports:
        if port.box.name in moved:
            port.y += by
