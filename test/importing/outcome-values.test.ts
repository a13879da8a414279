import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFlags } from '../../src-main/importing/outcome-values.ts';

/** What the reader of a column of cells makes of them. */
function flags(cells: readonly string[], positive: string | null = null): (0 | 1 | null | undefined)[] | string[] {
  const reading = readFlags(
    cells.filter((cell) => cell !== ''),
    positive,
  );
  return 'read' in reading ? cells.map(reading.read) : reading.values;
}

describe('flags of an outcome', () => {
  test('yes and no in the usual words, of any case, with and without accents', () => {
    const pairs =
      '1/0 1.0/0.0 1,00/0,00 Y/N yes/no TRUE/FALSE T/F J/N ja/nein Ja/Nej oui/non Vrai/Faux Sí/No sim/não vero/falso ' +
      'tak/nie ano/ne igen/nem kyllä/ei jah/ei evet/hayır ΝΑΙ/ΟΧΙ default/non-default Default/Current bad/good ' +
      'DEFAULTED/not_defaulted NPL/PL NPL/performing delinquent/paid';
    for (const pair of pairs.split(' ')) {
      const [event, none] = pair.split('/') as [string, string];
      assert.deepEqual(flags([none, event, none, '']), [0, 1, 0, null], pair);
    }
    assert.deepEqual(flags(['charged off', 'Fully Paid']), [1, 0]);
  });

  test('letters that say it beside each other only', () => {
    for (const pair of ['D/ND', 'd/n', 'B/G', 'S/N', 'O/N', 'A/N', 'I/N', 'E/H', 'V/F', 'da/nu']) {
      const [event, none] = pair.split('/') as [string, string];
      assert.deepEqual(flags([none, none, event]), [0, 0, 1], pair);
    }
    assert.deepEqual(flags(['A', 'B']), ['A', 'B']);
    assert.deepEqual(flags(['D', 'G', 'ND']), ['D', 'G', 'ND']);
  });

  test('nothing is empty; another value is neither', () => {
    assert.deepEqual(flags(['1', '0', '0', '0', '-', 'n/a', 'x']), [1, 0, 0, 0, null, null, undefined]);
  });

  test('the value given is the event, the other one is none', () => {
    assert.deepEqual(flags(['A', 'B', ''], 'b'), [0, 1, null]);
    assert.deepEqual(flags(['1', '0'], '0'), [0, 1]);
    assert.deepEqual(flags(['1', '2', '3'], '2'), ['1', '2', '3']);
  });
});
