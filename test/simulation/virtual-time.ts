interface Appointment {
  readonly at: number;
  readonly order: number;
  action: (() => void) | undefined;
}

const STEPS_PER_TURN = 500;

/**
 * Discrete-event time. It stands still while anything can go on, and jumps to the next appointment when nothing can:
 * an hour costs as much as what happens in it.
 */
export class VirtualTime {
  #now: number;
  #heap: Appointment[] = [];
  #count = 0;
  #held: Promise<unknown> | undefined;

  constructor(startAt: number) {
    this.#now = startAt;
  }

  now = (): number => this.#now;

  /** Calls `action` after `ms`; the function it returns calls that off. */
  after(ms: number, action: () => void): () => void {
    const appointment: Appointment = { at: this.#now + Math.max(0, ms), order: this.#count++, action };
    this.#push(appointment);
    return () => {
      appointment.action = undefined;
    };
  }

  /** Real work that takes real time, such as copying files: to this world it takes none, and nothing happens meanwhile. */
  hold(work: Promise<void>): void {
    this.#held = Promise.all([this.#held, work]);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Plays on until `isOver` says so, or the moment `endAt` has come, or nothing is left to happen. */
  async play(endAt: number, isOver: () => boolean = () => false): Promise<void> {
    for (let step = 0; ; step++) {
      await everyPromise(step);
      if (this.#held) await this.#takeHeld();
      if (isOver()) return;
      const next = this.#heap[0];
      if (next === undefined || next.at > endAt) break;
      this.#pop();
      if (next.action === undefined) continue;
      this.#now = Math.max(this.#now, next.at);
      next.action();
    }
    if (Number.isFinite(endAt)) this.#now = Math.max(this.#now, endAt);
  }

  async #takeHeld(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    await held;
  }

  #push(appointment: Appointment): void {
    const heap = this.#heap;
    let index = heap.push(appointment) - 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || isBefore(parent, appointment)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = appointment;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const leftIndex = 2 * index + 1;
      const left = heap[leftIndex];
      if (left === undefined) break;
      const right = heap[leftIndex + 1];
      const [child, childIndex] = right && isBefore(right, left) ? [right, leftIndex + 1] : [left, leftIndex];
      if (isBefore(last, child)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
  }
}

function isBefore(a: Appointment, b: Appointment): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/**
 * Nothing in a simulation does real input or output: a tick comes round when every promise has been followed. It costs
 * a tenth of a turn of the event loop, which now and then has its turn all the same, for whoever watches from outside.
 */
function everyPromise(step: number): Promise<void> {
  return new Promise((resolve) => {
    if (step % STEPS_PER_TURN === 0) setImmediate(resolve);
    else process.nextTick(resolve);
  });
}
