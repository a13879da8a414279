import type { Failure } from '../../src-main/ipc/errors.ts';
import type { AuditEntryView, QualityView } from '../../src-main/ipc/views.ts';
import { call, failureOf } from '../frame/transport.ts';

/** What the portfolio screen has to wait for. What it showed last stays until the new answer is there. */
export class LookOver {
  quality = $state.raw<QualityView | null>(null);
  qualityFailure = $state.raw<Failure | null>(null);
  entries = $state.raw<AuditEntryView[]>([]);
  #asked = 0;

  /** Asks anew; an answer that comes after a later question is dropped. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    this.qualityFailure = null;
    const log = call('auditLog', {}).then(({ entries }) => {
      if (asked === this.#asked) this.entries = entries;
    });
    try {
      const quality = await call('quality', {});
      if (asked === this.#asked) this.quality = quality;
    } catch (error) {
      if (asked === this.#asked) this.qualityFailure = failureOf(error);
    }
    await log;
  }
}
