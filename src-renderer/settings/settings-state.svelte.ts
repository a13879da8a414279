import type { Failure } from '../../src-main/ipc/errors.ts';
import type { InstallationView, Preferences } from '../../src-main/ipc/views.ts';
import { preferences } from '../frame/preferences.svelte.ts';
import { session } from '../frame/session.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';

/** Changes preferences at once and says what was kept. */
class Keeping {
  /** What was changed last, for the screen's head. */
  kept = $state<string | null>(null);

  change(some: Partial<Preferences>, what: string): void {
    void session.attempt(async () => {
      await preferences.change(some);
      this.kept = what;
    });
  }
}

export const keeping = new Keeping();

/** What the installation holds: found once a window, since each look starts processes. */
class Installation {
  found = $state.raw<InstallationView | null>(null);
  failure = $state.raw<Failure | null>(null);
  checking = $state(false);

  async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    this.failure = null;
    try {
      this.found = await call('doctor', {});
    } catch (error) {
      this.failure = failureOf(error);
    } finally {
      this.checking = false;
    }
  }
}

export const installation = new Installation();
