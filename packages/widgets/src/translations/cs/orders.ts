import type { OrderTerms } from '../order-terms.ts';

export const orders: OrderTerms = {
  side: { buy: 'Nákup', sell: 'Prodej' },
  section: { securities: 'Cenné papíry', commodity: 'Komodity' },
  instrumentKind: { share: 'Akcie', right: 'Upisovací právo', bond: 'Participační dluhopis', commodity: 'Komodita' },
  state: {
    draft: 'Koncept',
    'read-back': 'Přečteno',
    submitted: 'Odesláno',
    announced: 'Na parketu',
    accepted: 'Přijato',
    'partly-filled': 'Částečně provedeno',
    filled: 'Provedeno',
    rejected: 'Zamítnuto',
    returned: 'Vráceno',
    cancelled: 'Staženo',
    replaced: 'Nahrazeno',
    expired: 'Vypršelo',
  },
  validity: { day: 'Dnes', gtc: 'Do zrušení', until: 'Do data', 'fill-and-kill': 'Provést a zrušit' },
};
