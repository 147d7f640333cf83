import { expect, test } from 'vitest';
import { logSms } from './log.ts';
import { smsTo } from './sms-driver.contract.ts';

const never = new AbortController().signal;

test('writes a line without number and text, unless it is asked to', async () => {
  const lines: string[] = [];
  const message = smsTo('+989121234567');
  await logSms({ write: (line) => lines.push(line) }).send(message, never);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: message.id, characters: message.text.length });
  expect(lines[0]).not.toContain('9121234567');
  expect(lines[0]).not.toContain(message.text);
  await logSms({ withText: true, write: (line) => lines.push(line) }).send(message, never);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ to: message.to, text: message.text });
});
