import type { ModelKind } from '../../src-main/ipc/documents.ts';

/** Which models' lines the analyst hid; it holds from customer to customer. */
class ShownModels {
  hidden = $state.raw<ReadonlySet<ModelKind>>(new Set());

  toggle(kind: ModelKind): void {
    const hidden = new Set(this.hidden);
    if (!hidden.delete(kind)) hidden.add(kind);
    this.hidden = hidden;
  }
}

export const shownModels = new ShownModels();
