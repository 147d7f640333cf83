import type { NotificationTerms } from '../notification-terms.ts';

const number = new Intl.NumberFormat('cs');
const count = (value: number) => number.format(value);

export const notifications: NotificationTerms = {
  title: 'Oznámení',
  open: (n) => `Oznámení, nepřečtená: ${count(n)}`,
  announceUnread: (n) => `Nepřečtená oznámení: ${count(n)}`,
  empty: 'Zatím žádné novinky. Aktualizace, změny podmínek a úřední oznámení se tu objeví samy.',
  category: { 'software-update': 'Aktualizace softwaru', 'service-terms': 'Podmínky služby', legal: 'Právní oznámení' },
  state: { unread: 'nepřečteno', read: 'přečteno', acknowledged: 'potvrzeno' },
  mustAcknowledge: 'Přečtěte si prosím text a potvrďte, že jste se s ním seznámili.',
  acknowledge: 'Beru na vědomí',
  acknowledgedOn: (w) => `Potvrzeno ${w}`,
  consents: 'Zprávy na váš telefon',
  consentsHint: 'Zvolte, kterou cestou vám smíme jednotlivé novinky také poslat.',
  fixed: 'vždy: tato oznámení vám dlužíme',
  channel: { sms: 'SMS', whatsapp: 'WhatsApp' },
  manage: {
    title: 'Oznámení kupujícím',
    empty: 'Zatím nebylo nic oznámeno. Napište první koncept.',
    write: 'Nové oznámení',
    edit: 'Upravit',
    categoryLabel: 'Kategorie',
    titleIn: { en: 'Název anglicky', fa: 'Název persky', cs: 'Název česky' },
    contentIn: { en: 'Text anglicky', fa: 'Text persky', cs: 'Text česky' },
    models: 'Jen pro tyto modely',
    modelsHint: 'Více modelů oddělte čárkami. Prázdné: všechny.',
    serviceStates: 'Jen pro zařízení, jejichž servis je',
    serviceState: {
      'not-activated': 'neaktivovaný',
      active: 'aktivní',
      renewed: 'prodloužený',
      'per-case': 'po případech',
      declined: 'odmítnutý',
      expired: 'vypršelý',
    },
    save: 'Uložit koncept',
    remove: 'Smazat koncept',
    publish: 'Zveřejnit…',
    publishNow: 'Zveřejnit hned',
    schedule: 'Naplánovat',
    at: 'Ne dříve než',
    reach: (a, b, c, d) =>
      `Kupující: ${count(a)}, z toho SMS ${count(b)}, WhatsApp ${count(c)}, bez zprávy ${count(d)}.`,
    withdraw: 'Stáhnout…',
    withdrawReason: 'Proč se stahuje',
    confirmWithdraw: 'Stáhnout',
    state: { draft: 'koncept', scheduled: 'naplánováno', published: 'zveřejněno', withdrawn: 'staženo' },
    figures: (a, b, c) => `Příjemci: ${count(a)} · přečetlo ${count(b)} · potvrdilo ${count(c)}`,
    deliveries: (a, b, c, d) =>
      `Zprávy: doručeno ${count(a)}, na cestě ${count(b)}, selhalo ${count(c)}, bez souhlasu ${count(d)}`,
  },
};
