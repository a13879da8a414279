import type { DoneJob, JobInfo, JobNews } from '../ipc/contract.ts';

/** What of the desktop around the window is used. */
export interface Desktop {
  /** The analyst looks at the window. */
  isFocused(): boolean;
  /** On the taskbar or the dock: a share of 1, `unknown` while there is none, null for none at all. */
  showProgress(progress: number | 'unknown' | null): void;
  notify(title: string, body: string): void;
}

/**
 * Says outside the window how far a job is and, while the analyst is elsewhere, that it has ended. Takes the same news
 * that the window gets. A job that was cancelled ends without a word.
 */
export function createNotices(desktop: Desktop): (news: JobNews) => void {
  let job: JobInfo | null = null;
  let lanes = new Map<string, number>();
  return (news) => {
    if (news.type === 'started') {
      job = news.job;
      lanes = new Map();
      desktop.showProgress('unknown');
      return;
    }
    if (news.type === 'progress') {
      const { share } = news.progress;
      if (share === null) return;
      lanes.set(news.progress.lane ?? '', share);
      // Of models that train side by side the slowest says how far the job is.
      desktop.showProgress(Math.min(...lanes.values()));
      return;
    }
    desktop.showProgress(null);
    const title = job?.title ?? 'A job';
    job = null;
    if (desktop.isFocused()) return;
    if (news.type === 'done') desktop.notify(`${title}: done`, wordsOf(news));
    else if (news.error.code !== 'cancelled') desktop.notify(`${title}: not done`, news.error.message);
  };
}

const counted = (count: number, one: string) => `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;

function wordsOf(news: DoneJob): string {
  switch (news.kind) {
    case 'mend': {
      const { imported, refused } = news.value;
      return `${counted(imported?.rows.accepted ?? 0, 'row')} accepted, ${refused.length} still set aside.`;
    }
    case 'import': {
      const { accepted, conflicting, rejected } = news.value.rows;
      return `${counted(accepted, 'row')} accepted, ${conflicting} conflicting, ${rejected} set aside.`;
    }
    case 'survey':
      return 'All of the file has been read; see how before you import it.';
    case 'sample':
      return 'The sample portfolio is open.';
    case 'training': {
      const { models, refused, seeds } = news.value;
      const left = refused.length === 0 ? '' : `, ${refused.length} could not be`;
      return `${counted(models.length, 'model')} trained${seeds === undefined ? '' : `, each with ${seeds.n} seeds`}${left}. Look at the result, then score the portfolio.`;
    }
    case 'shuffled':
      return `${news.value.check.title}.`;
    case 'comparison':
      return `${counted(news.value.models.length, 'model')} compared on ${counted(news.value.rows.customers, 'test customer')}.`;
    case 'report':
      return `It is in ${news.value.file}.`;
    case 'evaluation': {
      const { document } = news.value;
      return `${counted(document.scores.length, 'score')} of ${document.file} judged on ${counted(document.n, 'row')}.`;
    }
    case 'externalScores':
      return 'The score is kept; compare again to see it beside the models.';
    case 'scoring': {
      const { customers, levels } = news.value;
      return `${counted(customers, 'customer')} scored: ${levels.Critical} critical, ${levels.High} high.`;
    }
    case 'rules': {
      const { version, customers } = news.value;
      return version === null ? 'Nothing differed.' : `Histories of ${counted(customers, 'customer')} derived anew.`;
    }
  }
}
