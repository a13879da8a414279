import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { toHtml } from '../../src-main/reporting/html.ts';
import { makeReport } from '../../src-main/reporting/make-report.ts';
import { cellsOf, unescaped } from './reading.ts';
import { reportedInput } from './reported.ts';

const input = await reportedInput();
const report = makeReport(input);
const html = toHtml(report);

describe('a report as HTML', () => {
  test('is valid, with the standard’s rules and those of accessibility', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: { 'long-title': 'off' },
    });
    const { results } = await validator.validateString(html);
    const messages = results.flatMap(({ messages: found }) =>
      found.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`),
    );
    assert.deepEqual(messages, []);
  });

  test('loads nothing and runs nothing', () => {
    const without = html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
    assert.doesNotMatch(without, /https?:|\/\/|url\(|@import|<script|<link|<img|<iframe|\son\w+=|style="/);
    assert.doesNotMatch(without, /(src|srcset|data)=/);
    for (const [, address] of without.matchAll(/href="([^"]*)"/g)) assert.match(address, /^#[\w-]+$/);
  });

  test('its contents lead to its sections, and ids are unique', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const linked = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(
      linked,
      report.sections.map(({ id }) => id),
    );
    for (const id of linked) assert.ok(ids.includes(id), id);
  });

  test('holds every cell of every table, and names that look like tags as text', () => {
    const text = unescaped(html);
    for (const cell of cellsOf(report)) assert.ok(text.includes(cell), cell);
    assert.ok(!html.includes('<May>'));
    assert.ok(text.includes('April & <May>'));
  });

  test('every figure has a title and a description, and follows the theme', () => {
    const figures = html.match(/<svg /g)?.length ?? 0;
    assert.ok(figures >= 9, `${figures} figures`);
    assert.equal(html.match(/<svg [^>]*role="img"[^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/g)?.length, figures);
    assert.match(html, /prefers-color-scheme:dark/);
    assert.match(html, /@page\{size:A4/);
  });

  test('the same input gives the same bytes', async () => {
    assert.equal(toHtml(makeReport(await reportedInput())), html);
  });
});
