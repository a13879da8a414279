import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateReader } from '../../src-main/importing/dates.ts';
import { timeStepOfDates } from '../../src-main/importing/time-step.ts';

const read = dateReader('yyyy-MM-dd');
const stepOf = (...dates: string[]) =>
  timeStepOfDates(
    dates.map((date) => read(date)!),
    'yyyy-MM-dd',
  );

test('the time step that dates show', () => {
  assert.deepEqual(stepOf('2024-01-31', '2024-02-29', '2024-03-31'), { timeStep: 'month', certain: true });
  assert.deepEqual(stepOf('2024-01-01', '2024-02-01', '2024-03-01'), { timeStep: 'month', certain: true });
  assert.deepEqual(stepOf('2024-01-15', '2024-02-15'), { timeStep: 'month', certain: false });
  // Last working days.
  assert.deepEqual(stepOf('2024-02-29', '2024-03-28', '2024-04-30'), { timeStep: 'month', certain: true });
  assert.deepEqual(stepOf('2024-01-31'), { timeStep: 'month', certain: false });
  assert.deepEqual(stepOf('2024-01-05', '2024-01-12', '2024-01-26'), { timeStep: 'week', certain: true });
  assert.deepEqual(stepOf('2024-01-30', '2024-01-31', '2024-02-01'), { timeStep: 'day', certain: true });
  assert.deepEqual(stepOf('2024-01-31', '2024-02-01'), { timeStep: 'day', certain: false });
  assert.deepEqual(stepOf('2024-01-17'), { timeStep: 'day', certain: false });
  assert.deepEqual(stepOf(), { timeStep: 'day', certain: false });
  assert.deepEqual(timeStepOfDates([], 'yyyy-MM'), { timeStep: 'month', certain: true });
});
