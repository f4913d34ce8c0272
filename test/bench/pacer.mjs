/** Calls `due` at a rate, each time at a random point of its own interval, so that nothing beats in step with it. */
export class Pacer {
  #rate;
  #due;
  #startedAt = performance.now();
  #count = 0;
  #timer;

  constructor(rate, due) {
    this.#rate = rate;
    this.#due = due;
    this.#schedule();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #schedule() {
    const at = this.#startedAt + ((this.#count + Math.random()) * 1000) / this.#rate;
    this.#timer = setTimeout(
      () => {
        this.#count += 1;
        this.#schedule();
        this.#due();
      },
      Math.max(0, at - performance.now()),
    );
  }
}
