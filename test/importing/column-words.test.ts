import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  customerRank,
  fillRuleOf,
  isOutcomeDate,
  isProtected,
  outcomeRank,
  stepRank,
  timeStepOfName,
  wordsOf,
} from '../../src-main/importing/column-words.ts';

test('words', () => {
  assert.deepEqual(wordsOf('LIMIT_BAL'), ['limit', 'bal']);
  assert.deepEqual(wordsOf('customerId'), ['customer', 'id']);
  assert.deepEqual(wordsOf('default.payment.next.month'), ['default', 'payment', 'next', 'month']);
});

test('customers, by rank', () => {
  const ranks = ['customer_id', 'Client No.', 'account', 'ID'].map(customerRank);
  assert.deepEqual(ranks, [4, 3, 2, 1]);
  for (const name of ['account_balance', 'customer_rating', 'number', 'loan_amount', 'paid', '']) {
    assert.equal(customerRank(name), 0, name);
  }
});

test('steps', () => {
  for (const name of ['date', 'Report Date', 'as_of_date', 'month', 'week_no', 'period', 'day', 'step', 'monthEnd']) {
    assert.ok(stepRank(name) > 0, name);
  }
  for (const name of [
    'day_of_week',
    'birth_date',
    'event_date',
    'utility_delay_days',
    'due_date',
    'steps_taken',
    'no',
  ]) {
    assert.equal(stepRank(name), 0, name);
  }
  assert.ok(stepRank('date') > stepRank('report_date') && stepRank('report_date') > stepRank('month'));
  assert.deepEqual(['day', 'week_no', 'Month', 'step'].map(timeStepOfName), ['day', 'week', 'month', null]);
});

test('outcomes and their dates', () => {
  for (const name of ['will_default', 'Default', 'default payment next month', 'is_bad', 'target', 'event_flag']) {
    assert.ok(outcomeRank(name) > 0, name);
  }
  for (const name of [
    'failed_autodebits',
    'days_to_default',
    'default_count',
    'default_month',
    'event_date',
    'flag',
    'month',
  ]) {
    assert.equal(outcomeRank(name), 0, name);
  }
  for (const name of ['event_date', 'DefaultDate', 'default_month', 'event_step', 'Ausfalldatum'])
    assert.ok(isOutcomeDate(name), name);
  for (const name of ['date', 'default', 'event', 'open_date']) assert.ok(!isOutcomeDate(name), name);
});

test('protected characteristics', () => {
  for (const name of [
    'SEX',
    'gender',
    'MARRIAGE',
    'marital_status',
    'AGE',
    'customer_age',
    'Nationality',
    'religion',
    'ethnic_group',
  ]) {
    assert.ok(isProtected(name), name);
  }
  for (const name of ['EDUCATION', 'LIMIT_BAL', 'account_age', 'average', 'usage', 'region']) {
    assert.ok(!isProtected(name), name);
  }
});

test('how empty values are filled', () => {
  for (const name of ['daily_expenses', 'ATM_WITHDRAWALS', 'salary_amount', 'login_count', 'failed payments']) {
    assert.equal(fillRuleOf(name), 'zero', name);
  }
  for (const name of ['savings_amount', 'balance', 'utilisation', 'account'])
    assert.equal(fillRuleOf(name), 'carry', name);
});
