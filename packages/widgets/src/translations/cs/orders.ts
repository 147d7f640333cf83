import type { OrderTerms } from '../order-terms.ts';

const requests = (count: number) => (count === 1 ? '1 pokyn' : count >= 2 && count <= 4 ? `${count} pokyny` : `${count} pokynů`);

export const orders: OrderTerms = {
  side: { buy: 'Nákup', sell: 'Prodej' },
  section: { securities: 'Cenné papíry', commodity: 'Komodity' },
  instrumentKind: { share: 'Akcie', right: 'Upisovací právo', bond: 'Participační dluhopis', commodity: 'Komodita' },
  state: {
    draft: 'Koncept', 'read-back': 'Přečteno', submitted: 'Odesláno', announced: 'Na parketu', accepted: 'Přijato', 'partly-filled': 'Částečně provedeno',
    filled: 'Provedeno', rejected: 'Zamítnuto', returned: 'Vráceno', cancelled: 'Staženo', replaced: 'Nahrazeno', expired: 'Vypršelo',
  },
  validity: { day: 'Dnes', gtc: 'Do zrušení', until: 'Do data', 'fill-and-kill': 'Provést a zrušit' },
  market: 'Tržní',
  rial: 'rialů',
  orderNumber: (number) => `č. ${number}`,
  instructionKind: { new: 'Nový pokyn', change: 'Změna', withdraw: 'Stažení' },
  columns: { number: 'Č.', side: 'Směr', symbol: 'Symbol', quantity: 'Množství', price: 'Cena', validity: 'Platnost', state: 'Stav', filled: 'Provedeno', customer: 'Klient', age: 'Čeká', time: 'Čas', actions: 'Akce', select: 'Vybrat' },
  form: {
    newTitle: 'Nový pokyn', editTitle: 'Úprava pokynu', changeTitle: (number) => `Změna pokynu ${number}`,
    side: 'Směr', symbol: 'Symbol', symbolHint: 'Symbol, název nebo kód', noMatch: 'V katalogu nic neodpovídá. Zkontrolujte zápis nebo sekci klienta.', searching: 'Hledám…',
    quantity: 'Množství', price: 'Cena za kus (rial)', priceKind: 'Druh ceny', limit: 'Limitní', validity: 'Platnost', until: 'Platí do',
    save: 'Zapsat pokyn', saving: 'Ukládám…',
    problem: { required: 'Vyplňte toto pole.', 'whole-number': 'Zadejte celé číslo alespoň 1.', 'too-large': 'Toto číslo je příliš velké.', 'past-day': 'Tento den už minul.', lot: (lot) => `Musí být násobkem ${lot}.` },
    total: (rial) => `Hodnota ${rial} rialů`,
  },
  sheet: {
    title: 'List pokynů',
    noCall: 'Zde se objeví pokyny volajícího. Přijměte hovor nebo počkejte na odznak nahoře na stránce.',
    noCustomer: 'Nejprve určete, kdo volá: vyberte klienta v ověření.',
    caller: 'Volající', numbers: 'Nahlášená čísla', username: 'Uživatelské jméno', contract: 'Smlouva z', noContract: 'Smlouva není podepsána: pokyny nelze odeslat.',
    requests: 'Pokyny z tohoto hovoru', earlier: 'Dřívější otevřené pokyny', noEarlier: 'Žádný dřívější pokyn není otevřen.',
    empty: 'Zatím žádný pokyn. Přidejte, co si klient přeje; jeden hovor jich může nést několik.',
    add: 'Přidat pokyn', edit: 'Upravit', discard: 'Zahodit', discardAsk: 'Zahodit?', change: 'Změnit…', withdraw: 'Stáhnout…',
    keyboardHint: 'Mezerník označí řádek, Enter nebo dvojklik jej otevře.',
    readBack: (count) => `Přečíst ${requests(count)}`, readAgain: 'Přečíst znovu', readBackTitle: 'Přečtěte klientovi',
    readBackHint: 'Každou větu přečtěte nahlas a počkejte na souhlas: tento okamžik nahrávky je pokynem.',
    submit: (count) => `Odeslat ${requests(count)}`, submitting: 'Odesílám…', submitted: (count) => `Odesláno na parket: ${requests(count)}.`,
    needsVerification: 'Před přečtením ověřte volajícího.', needsRecording: 'Hovor se nenahrává: nic nelze odeslat.',
    needsLiveCall: 'Hovor skončil: co nebylo odesláno, potřebuje nový hovor.', needsPinChange: 'Klient musí nejprve změnit počáteční PIN.',
    needsReadBack: 'Označte pokyny a přečtěte je; pak je lze odeslat.', customerSays: 'Klient souhlasí:',
  },
  list: {
    title: 'Pokyny', empty: 'Není co zobrazit. Pokyny přijaté telefonem se zde objeví hned po odeslání.', filter: 'Zobrazit', all: 'Vše', open: 'Otevřené', final: 'Ukončené', search: 'Hledat symbol, klienta nebo číslo',
    details: 'Podrobnosti', instructions: 'Pokyny klienta', listen: 'Poslechnout', reason: 'Důvod', fills: 'Provedení', replaces: (number) => `Nahrazuje ${number}`,
    prove: 'Ověřit důkaz', proven: 'Prokázáno: řetěz, hovor, ověření, přečtení a nahrávka souhlasí.', broken: (where) => `Neprokázáno. První porušení: ${where}`,
  },
  floor: {
    title: 'Burzovní parket', empty: 'Žádný pokyn nečeká. Pokyny přijaté telefonem sem přicházejí samy.', waiting: requests,
    claim: 'Převzít', release: 'Vrátit do fronty', accept: 'Přijmout', fill: 'Provést…', reject: 'Zamítnout…', return: 'Vrátit…',
    fillQuantity: 'Provedené množství', fillPrice: 'Cena (rial)', fillAll: 'Vše zbývající', reason: 'Důvod', confirm: 'Potvrdit',
    claimedBy: (name) => `Převzal(a) ${name}`, open: (quantity) => `zbývá ${quantity}`, announceNew: (symbol) => `Nový pokyn: ${symbol}`,
  },
  player: {
    title: 'Nahrávka', play: 'Přehrát', pause: 'Pozastavit', seek: 'Pozice', speed: 'Rychlost', back: 'Zpět o 5 sekund', forward: 'Dál o 5 sekund', markers: 'Pokyny v této nahrávce', noMarkers: 'V tomto hovoru nebyl přečten žádný pokyn.',
    gap: (reason) => `Nenahráno: ${reason}`, notReady: 'Nahrávka se ukládá. Za několik sekund ji bude možné přehrát.', failed: 'Nahrávku nelze přehrát.', listeningIsLogged: 'Každý poslech se zaznamenává.',
  },
};
