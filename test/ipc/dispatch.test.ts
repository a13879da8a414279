import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { REQUEST_NAMES } from '../../src-main/ipc/contract.ts';
import { createDispatch, type AppHandlers, type Sender } from '../../src-main/ipc/dispatch.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';

const ORIGIN = 'app://duecast';
const ours: Sender = { url: `${ORIGIN}/index.html`, isMainFrame: true };

const everyone = {
  list: 'all',
  search: '',
  levels: [],
  change: 'any',
  ranges: [],
  sort: { key: 'pd', direction: 'descending' },
};

/** Handlers of which none is called but those given. */
function dispatchWith(given: Partial<AppHandlers>) {
  const refuse = (name: string) => () => assert.fail(`${name} was called`);
  const all = Object.fromEntries(REQUEST_NAMES.map((name) => [name, refuse(name)]));
  return createDispatch({ ...all, ...given } as AppHandlers, ORIGIN);
}

describe('a request of the window', () => {
  test('is answered by its handler, with a value', async () => {
    const dispatch = dispatchWith({ undoImport: ({ batchId }) => ({ batchId, removed: 3, restored: 0 }) });
    assert.deepEqual(await dispatch(ours, 'undoImport', { batchId: '7' }), {
      ok: true,
      value: { batchId: '7', removed: 3, restored: 0 },
    });
  });

  test('that fails is answered by the failure, as a value', async () => {
    const dispatch = dispatchWith({
      imports: () => Promise.reject(new DuecastError('not-allowed', 'No portfolio is open. Open one first.')),
    });
    assert.deepEqual(await dispatch(ours, 'imports', {}), {
      ok: false,
      error: { code: 'not-allowed', message: 'No portfolio is open. Open one first.' },
    });
  });

  test('from another frame or another page is refused', async () => {
    const dispatch = dispatchWith({});
    const strangers: Sender[] = [
      { ...ours, isMainFrame: false },
      { url: null, isMainFrame: true },
      { url: 'app://duecast.example/index.html', isMainFrame: true },
      { url: 'file:///tmp/index.html', isMainFrame: true },
    ];
    for (const sender of strangers) {
      const answer = await dispatch(sender, 'appInfo', {});
      assert.ok(!answer.ok && answer.error.code === 'not-allowed', String(sender.url));
    }
  });

  test('that the contract does not know is refused, inherited names too', async () => {
    for (const name of ['constructor', 'toString', 'portfolios', 7, null]) {
      const answer = await dispatchWith({})(ours, name, {});
      assert.ok(!answer.ok && answer.error.code === 'usage');
    }
  });

  test('with a payload of another shape is refused, and the detail names the field', async () => {
    const payloads: [string, unknown][] = [
      ['undoImport', { batchId: 7 }],
      ['undoImport', {}],
      ['undoImport', null],
      ['appInfo', { more: 1 }],
      ['openPortfolio', { path: '' }],
      ['customers', { ...everyone, levels: ['Severe'], offset: 0, limit: 10 }],
      ['customers', { ...everyone, offset: -1, limit: 10 }],
      ['saveText', { suggestedName: '../../escape.csv', text: '' }],
      ['createPortfolio', { path: '/tmp/p.duecast', name: ' ', currency: 'INR', timeStep: null }],
      ['startScoring', { modelId: undefined }],
    ];
    for (const [name, payload] of payloads) {
      const answer = await dispatchWith({})(ours, name, payload);
      assert.ok(!answer.ok && answer.error.code === 'usage', JSON.stringify([name, payload]));
      assert.match(answer.error.detail ?? '', new RegExp(`^${name}\\.`));
    }
  });
});
