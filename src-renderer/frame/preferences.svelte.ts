import type { Preferences, PreferencesView } from '../../src-main/ipc/views.ts';
import { groupingOf, type Grouping } from '../ui/format.ts';
import { call, listen } from './transport.ts';

/** The program's own settings, and what follows from them in this window. */
class PreferencesState {
  view = $state.raw<PreferencesView | null>(null);

  async begin(): Promise<void> {
    listen({ preferencesChanged: (view) => this.#take(view) });
    this.#take(await call('preferences', {}));
  }

  /** Changes some of them. Throws a RequestFailure. */
  async change(some: Partial<Preferences>): Promise<void> {
    if (this.view !== null) this.#take(await call('setPreferences', { ...this.view.preferences, ...some }));
  }

  /** How digits are grouped beside amounts of a currency. */
  groupingOf(currency: string): Grouping {
    const grouping = this.view?.preferences.grouping ?? 'currency';
    return grouping === 'currency' ? groupingOf(currency) : grouping;
  }

  #take(view: PreferencesView): void {
    this.view = view;
    const { theme, levelColours } = view.preferences;
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
    dataset['levels'] = levelColours;
  }
}

export const preferences = new PreferencesState();
