import type { Installation } from '@callweave/sdk/protocol';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sqliteStores } from '../store/testing.ts';
import { maskSerial, newCertificateCode, printedCode, readCode } from './certificate-code.ts';
import { createInstallationDesk, type InstallationDesk } from './testing/installation-desk.ts';

describe('certificates', () => {
  const makeStore = sqliteStores();
  let desk: InstallationDesk;
  let confirmed: Installation;
  let code: string;
  beforeEach(async () => {
    desk = await createInstallationDesk(makeStore);
    await desk.publish(desk.type.id, ['Cabling']);
    confirmed = (await desk.confirm(await desk.prepare())).body;
    code = confirmed.confirmed?.code ?? '';
  });
  afterEach(() => desk.stop());

  test('the certificate is a PDF with the code, in the language that is asked for', async () => {
    const pdf = async (query: string) => {
      const request = new Request(`http://desk.test/callweave/installations/${confirmed.id}/certificate${query}`, {
        headers: { cookie: desk.buyer.cookie },
      });
      const response = await desk.adapter.fetch(request);
      expect(response.headers.get('content-type')).toBe('application/pdf');
      const task = getDocument({ data: new Uint8Array(await response.arrayBuffer()), verbosity: 0 });
      const file = await task.promise;
      const { items } = await (await file.getPage(1)).getTextContent();
      await task.destroy();
      return items.map((part) => ('str' in part ? part.str : '')).join(' ');
    };
    const english = await pdf('?locale=en');
    for (const part of ['Certificate of installation', 'Artin S1', 'SN-48/12-A', 'Cabling was done', printedCode(code)])
      expect(english).toContain(part);
    expect(english).toContain('20 November 2026');
    // Confirmed in Persian: those words stand in it too.
    expect(english).toContain('نصب');
    expect(await pdf('')).toContain('گواهی نصب');
  });

  test('there is none before the confirmation', async () => {
    const other = await desk.device({ customerId: desk.owner.id, typeId: desk.type.id, serial: 'SN-2' });
    const form = await desk.prepare(other);
    expect((await desk.buyer('GET', `/installations/${form.id}/certificate`)).code).toBe('not-found');
  });

  test('anyone can check a code, and learns nothing about a person', async () => {
    const answer = await desk.anyone('GET', `/certificates/${printedCode(code).toLowerCase()}`);
    expect(answer.body).toEqual({ brand: 'Artin', model: 'S1', serial: '•••••••2-A', month: '2026-11' });
    expect((await desk.anyone('GET', `/certificates/${newCertificateCode()}`)).code).toBe('not-found');
    expect((await desk.anyone('GET', '/certificates/short')).code).toBe('not-found');
  });

  test('the page works without script, under a policy that allows none', async () => {
    const page = (query: string) => desk.anyone('GET', `/certificates${query}`);
    const empty = await page('');
    expect(empty.headers.get('content-type')).toContain('text/html');
    const policy = empty.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-/,
    );
    expect(empty.text).toContain('<html lang="fa" dir="rtl">');
    expect(empty.text).not.toContain('<script');
    const found = await page(`?locale=en&code=${printedCode(code)}`);
    expect(found.text).toContain('This certificate is genuine.');
    expect(found.text).toContain('November 2026');
    // 22 November is the first of Azar: the month of the Persian calendar is not that of the Gregorian one.
    const late = await desk.device({ customerId: desk.owner.id, typeId: desk.type.id, serial: 'SN-9' });
    const { body: second } = await desk.confirm(await desk.prepare(late, '2026-11-22'));
    expect((await page(`?locale=fa&code=${second.confirmed.code}`)).text).toContain('آذر ۱۴۰۵');
    for (const secret of ['Buyer 1', 'SN-48', 'Second floor']) expect(found.text).not.toContain(secret);
    expect((await page(`?locale=cs&code=${newCertificateCode()}`)).text).toContain('neexistuje');
    const hostile = await page(`?locale=xx&code=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(hostile.text).not.toContain('<script');
    expect(hostile.text).toContain('dir="rtl"');
  });

  test('whoever tries many codes has to wait', async () => {
    const answers = [];
    for (let tried = 0; tried < 40; tried += 1)
      answers.push(await desk.anyone('GET', `/certificates/${newCertificateCode()}`));
    expect(answers.filter(({ code: problem }) => problem === 'not-found')).toHaveLength(30);
    expect(answers.at(-1)?.code).toBe('too-many-requests');
    const page = await desk.anyone('GET', `/certificates?locale=en&code=${code}`);
    expect(page.status).toBe(429);
    expect(page.text).toContain('Too many codes');
  });

  test('a code is read however it was typed; a serial number is hidden but for its end', () => {
    expect(readCode(' abcde-fghj0-12345-6789l ')).toBe('ABCDEFGHJ01234567891');
    expect(readCode('ABCDE-FGHJO-۱۲۳۴۵-67891')).toBe('ABCDEFGHJ01234567891');
    expect(readCode('ABCDE')).toBeUndefined();
    expect(maskSerial('1234')).toBe('••34');
    expect(maskSerial('7')).toBe('•');
    expect(maskSerial(null)).toBeNull();
    const codes = new Set(Array.from({ length: 500 }, newCertificateCode));
    expect(codes.size).toBe(500);
    for (const each of codes) expect(readCode(each)).toBe(each);
  });
});
