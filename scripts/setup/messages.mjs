/** Something set-up could not do. The message is one line: what is missing and how to mend it. */
export class SetupProblem extends Error {
  /**
   * @param {string} message
   * @param {string} [output] what the tool that failed wrote, to be shown whole
   */
  constructor(message, output = '') {
    super(message);
    this.name = 'SetupProblem';
    this.output = output;
  }
}

/** All of set-up's words go to stderr: stdout belongs to the command that follows. @param {string} text */
export const say = (text) => void process.stderr.write(`Set-up: ${text}\n`);

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/**
 * Progress of one long step: one line that is rewritten in a terminal, now and then a line elsewhere.
 * @param {string} what e.g. `Downloading TensorFlow 2.21.0 (274 MB)`
 */
export function startProgress(what) {
  const terminal = process.stderr.isTTY === true;
  const startedMs = Date.now();
  let saidMs = startedMs;
  say(`${what} …`);
  return {
    /** @param {string} state e.g. `120 of 274 MB` */
    update(state) {
      const nowMs = Date.now();
      if (nowMs - saidMs < (terminal ? 250 : 5_000)) return;
      saidMs = nowMs;
      const text = state === '' ? `${Math.round((nowMs - startedMs) / 1000)} s` : state;
      if (terminal) process.stderr.write(`\r\x1b[2K        ${text}`);
      else process.stderr.write(`        ${text}\n`);
    },
    end() {
      if (terminal) process.stderr.write('\r\x1b[2K');
    },
  };
}
