import { Histogram } from './histogram.ts';

/** What is measured over all rooms of one phase. Times are milliseconds of the generator's monotonic clock. */
export class Meter {
  readonly deliveryMs = new Histogram();
  readonly ackMs = new Histogram();
  /** How often each error code came back. */
  readonly refusals = new Map<string, number>();
  sent = 0;
  acked = 0;
  lastDeliveryAt = 0;
  lastAckAt = 0;
  /** The longest that a message was sent after it was due: the generator's own lateness. */
  latestSendMs = 0;

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  clear(): void {
    this.deliveryMs.clear();
    this.ackMs.clear();
    this.refusals.clear();
    this.sent = 0;
    this.acked = 0;
    this.lastDeliveryAt = 0;
    this.lastAckAt = 0;
    this.latestSendMs = 0;
  }
}
