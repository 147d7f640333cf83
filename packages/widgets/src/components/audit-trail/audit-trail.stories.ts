import '../../define/audit-trail.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { auditEntries } from '../../testing/buyer-fixtures.ts';
import type { FakeDesk } from '../../testing/fake-desk.ts';
import { onDesk } from '../../testing/story.ts';
import type { CwAuditTrail } from './audit-trail.ts';

const meta: Meta<CwAuditTrail> = { title: 'Audit trail', component: 'cw-audit-trail' };
export default meta;

type Story = StoryObj<CwAuditTrail>;

const trail = (prepare: (desk: FakeDesk) => void): Story => ({
  render: () =>
    onDesk(prepare, (desk) => html`<cw-audit-trail .desk=${desk} subject="buyer:cus_nima"></cw-audit-trail>`),
});

export const Changes = trail((desk) => desk.answer('audit.list', () => ({ entries: auditEntries, more: true })));
export const Altered = trail((desk) =>
  desk.answer('audit.list', () => ({
    entries: auditEntries.map((entry) => ({ ...entry, intact: false })),
    more: false,
  })),
);
export const Empty = trail((desk) => desk.answer('audit.list', () => ({ entries: [], more: false })));
export const Loading = trail((desk) => desk.answer('audit.list', () => new Promise(() => {})));
export const Failed = trail((desk) => desk.fail('audit.list', 'not-allowed'));
