import { writeFile } from 'node:fs/promises';
import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { runDoctor } from '../../processes/doctor.ts';
import { readLicences } from '../licences.ts';
import type { SessionCore } from '../session-core.ts';

type Names = 'appInfo' | 'doctor' | 'licences' | 'preferences' | 'setPreferences' | 'chooseFolder' | 'saveText';

/** About the program and this machine, whatever portfolio is open. */
export function settingsRequests({ shell }: SessionCore): Pick<AppHandlers, Names> {
  return {
    appInfo: () => shell.info,
    doctor: () => runDoctor(shell.host, shell.info.electron),
    licences: () => readLicences(),
    preferences: () => shell.preferences.view(),
    setPreferences(preferences) {
      shell.preferences.set(preferences);
      const view = shell.preferences.view();
      shell.emit('preferencesChanged', view);
      return view;
    },
    chooseFolder: async () => ({ path: await shell.dialogs.chooseFolder() }),
    async saveText({ suggestedName, text }) {
      const path = await shell.dialogs.saveFile(suggestedName);
      if (path !== null) await writeText(path, text);
      return { path };
    },
  };
}

/** Throws `file-unreadable`. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    throw new DuecastError(
      'file-unreadable',
      `${path} could not be written. Choose a folder that you may write to, or close the file where it is open.`,
      String(error),
    );
  });
}
