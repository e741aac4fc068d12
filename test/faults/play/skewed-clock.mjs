/**
 * Loaded before a Rally process, it moves the process's clock by `CLOCK_SKEW_MS`: what a machine is like whose clock is
 * wrong. Timers and durations are not touched, as they are not there.
 */
const skewMs = Number(process.env.CLOCK_SKEW_MS ?? 0);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + skewMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + skewMs;
  }
};
