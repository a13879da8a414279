import type { Failure } from '../../src-main/ipc/errors.ts';
import type { AuditEntryView, QualityView } from '../../src-main/ipc/views.ts';
import { call, failureOf } from '../frame/transport.ts';

/** What the portfolio screen has to wait for. What it showed last stays until the new answer is there. */
export class LookOver {
  quality = $state.raw<QualityView | null>(null);
  qualityFailure = $state.raw<Failure | null>(null);
  entries = $state.raw<AuditEntryView[]>([]);
  /** Of the log. */
  failure = $state.raw<Failure | null>(null);
  #asked = 0;

  /** Asks anew; an answer that comes after a later question is dropped. Never throws. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const isLatest = () => asked === this.#asked;
    this.qualityFailure = null;
    this.failure = null;
    const quality = call('quality', {}).then(
      (answer) => {
        if (isLatest()) this.quality = answer;
      },
      (error: unknown) => {
        if (isLatest()) this.qualityFailure = failureOf(error);
      },
    );
    try {
      const { entries } = await call('auditLog', {});
      if (isLatest()) this.entries = entries;
    } catch (error) {
      if (isLatest()) this.failure = failureOf(error);
    }
    await quality;
  }
}
