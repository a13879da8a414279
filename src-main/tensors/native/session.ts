import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeBinding } from './binding.ts';
import { TAG } from './graph.ts';
import { countLive, createTensor, freeTensor, type TensorId } from './tensors.ts';

/** For each placeholder a tensor that is kept, or the values of one for this run, one-dimensional. */
export type Feeds = Record<string, TensorId | Float32Array | Int32Array>;

/** A graph at work, with variables of its own. */
export interface Session {
  /** The first output of each named node. */
  run(feeds: Feeds, ...nodes: string[]): Float32Array[];
  dispose(): void;
}

export function startSession(savedModel: Uint8Array): Session {
  const binding = nativeBinding();
  const session = load(savedModel);
  countLive(1);
  return {
    run(feeds, ...nodes) {
      const made: TensorId[] = [];
      try {
        const inputs = Object.values(feeds).map((feed) => {
          if (typeof feed === 'number') return feed;
          const id = createTensor([feed.length], feed);
          made.push(id);
          return id;
        });
        const results = binding.runSavedModel(session, inputs, firstOutputs(Object.keys(feeds)), firstOutputs(nodes));
        return results.map(({ id }) => {
          const values = binding.tensorDataSync(id) as Float32Array;
          binding.deleteTensor(id);
          return values;
        });
      } finally {
        for (const id of made) freeTensor(id);
      }
    },
    dispose() {
      binding.deleteSavedModel(session);
      countLive(-1);
    },
  };
}

const firstOutputs = (nodes: readonly string[]) => nodes.map((name) => `${name}:0`).join();

/** The addon reads graphs from folders only. */
function load(savedModel: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel);
    return nativeBinding().loadSavedModel(folder, TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
