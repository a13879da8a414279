import type { ModelKind } from '../../src-main/ipc/documents.ts';

/** Which models' lines the analyst hid; it holds from customer to customer. */
class ShownModels {
  hidden = $state.raw<readonly ModelKind[]>([]);

  toggle(kind: ModelKind): void {
    const { hidden } = this;
    this.hidden = hidden.includes(kind) ? hidden.filter((other) => other !== kind) : [...hidden, kind];
  }
}

export const shownModels = new ShownModels();
