import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { CHUNK_BYTES, fileChunks, hashing, openFileBytes } from '../../src-main/importing/bytes.ts';
import { failure, fileOf } from './recording-target.ts';

test('all bytes, their hash and their count', async (t) => {
  const content = randomBytes(CHUNK_BYTES * 2 + 17);
  const file = await openFileBytes(fileOf(t, content));
  t.after(() => file.close());
  assert.equal(file.name, 'export.csv');
  assert.equal(file.size, content.length);
  assert.deepEqual(Buffer.from(await file.readAt(5, 10)), content.subarray(5, 15));

  const heard: number[] = [];
  const hashed = hashing(fileChunks(file, new AbortController().signal, (done) => heard.push(done)));
  const parts: Uint8Array[] = [];
  for await (const chunk of hashed.chunks) parts.push(chunk);
  assert.deepEqual(Buffer.concat(parts), content);
  assert.equal(hashed.digest(), createHash('sha256').update(content).digest('hex'));
  assert.deepEqual(heard, [CHUNK_BYTES, CHUNK_BYTES * 2, content.length]);
});

test('cancelling stops at the next chunk', async (t) => {
  const file = await openFileBytes(fileOf(t, Buffer.alloc(CHUNK_BYTES * 3)));
  t.after(() => file.close());
  const controller = new AbortController();
  let chunks = 0;
  await assert.rejects(async () => {
    for await (const _ of fileChunks(file, controller.signal, () => controller.abort())) chunks++;
  }, failure('cancelled'));
  assert.equal(chunks, 1);
});

test('missing, folder, empty', async (t) => {
  const path = fileOf(t, '');
  await assert.rejects(openFileBytes(join(dirname(path), 'none.csv')), failure('file-missing', 'none.csv'));
  await assert.rejects(openFileBytes(dirname(path)), failure('data-refused', 'folder'));
  await assert.rejects(openFileBytes(path), failure('data-refused', 'export.csv', 'empty'));
});

test('not readable', { skip: process.platform === 'win32' && 'Windows has no such mode' }, async (t) => {
  const path = fileOf(t, 'a,b');
  chmodSync(dirname(path), 0o755);
  chmodSync(path, 0o000);
  // The superuser would read it all the same.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await assert.rejects(openFileBytes(path), failure('file-unreadable', 'EACCES'));
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});
