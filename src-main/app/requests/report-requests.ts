import { DuecastError } from '../../ipc/errors.ts';
import type { AppHandlers } from '../../ipc/dispatch.ts';
import { makeReportBytes, writeReport } from '../../processes/report-job.ts';
import type { SessionCore } from '../session-core.ts';
import { fileName } from './file-name.ts';

type Names = 'reportPreview' | 'startReport' | 'showReport';

const SILENT = { signal: new AbortController().signal, progress: () => undefined };

/** Reports: looked at, and saved where the analyst says. */
export function reportRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { shell, guarded, current } = core;
  /** What was saved last: the window may have that shown, and no other file of this machine. */
  let saved: string | null = null;
  return {
    reportPreview: ({ experimentId, author }) =>
      guarded(async ({ path, warmModel }) => {
        const request = { experimentId, format: 'html', author } as const;
        const bytes = await makeReportBytes(warmModel.use, path, request, SILENT);
        return { html: new TextDecoder().decode(bytes) };
      }),
    async startReport({ experimentId, format, author }) {
      const { info } = current();
      core.refuseWhileRunning();
      const file = await shell.dialogs.saveFile(`${fileName(info.name)} report.${format}`);
      if (file === null) return { jobId: null };
      return core.start('report', 'Writing the report', async (context) => {
        // The dialog has asked about a file that exists.
        const request = { experimentId, file, author, replace: true, compare: false };
        const document = await guarded((workspace) => writeReport(workspace, request, context));
        saved = document.file;
        return document;
      });
    },
    showReport() {
      if (saved === null) throw new DuecastError('not-found', 'No report was saved since Duecast was started.');
      shell.reveal(saved);
      return {};
    },
  };
}
