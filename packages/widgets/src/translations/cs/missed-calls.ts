import type { MissedCallTerms } from '../missed-call-terms.ts';

const rules = new Intl.PluralRules('cs');
const plural = (value: number, one: string, few: string, many: string) => {
  const category = rules.select(value);
  return `${new Intl.NumberFormat('cs').format(value)} ${category === 'one' ? one : category === 'few' ? few : many}`;
};

export const missedCalls: MissedCallTerms = {
  title: 'Zmeškané hovory',
  empty: 'Nikdo nečeká na zavolání. Volající, kterým se nikdo neozval, se tu objeví sami.',
  waiting: (count) => plural(count, 'volající čeká', 'volající čekají', 'volajících čeká'),
  announceNew: (who) => `Zmeškaný hovor: ${who}`,
  columns: {
    waiting: 'Čeká',
    caller: 'Volající',
    rang: 'Volal',
    called: 'Volané číslo',
    message: 'Zpráva',
    actions: 'Akce',
  },
  times: (count) => `${new Intl.NumberFormat('cs').format(count)}×`,
  attempts: (count) => `voláno zpět ${new Intl.NumberFormat('cs').format(count)}× marně`,
  lastOutcome: { missed: 'nikdo nezvedl', abandoned: 'zavěsil', failed: 'přerušeno' },
  callBack: 'Zavolat zpět',
  callingBack: 'Vytáčím…',
  claimedBy: (name) => `Zpět volá ${name}`,
  claimedByMe: 'Voláte zpět',
  release: 'Vrátit',
  finish: 'Hotovo…',
  finishReason: 'Proč už není třeba volat',
  finishHint: 'Například: omyl, nebo vyřízeno písemně.',
  confirmFinish: 'Uzavřít případ',
  noMessage: 'žádná',
  messageState: { queued: 'čeká', sent: 'odeslána', delivered: 'doručena', failed: 'selhala', expired: 'propadla' },
  log: {
    title: 'Textové zprávy',
    empty: 'Zatím nebyla odeslána žádná zpráva. Co pult odešle, uvidíte zde i s výsledkem.',
    filter: 'Zobrazit',
    all: 'Vše',
    troubled: 'Nedoručené',
    noneTroubled: 'Všechny zprávy jsou doručené nebo na cestě.',
    columns: { time: 'Čas', purpose: 'Účel', recipient: 'Komu', state: 'Stav', reason: 'Důvod' },
    purpose: { 'missed-call': 'Zmeškaný hovor', 'field-missed-call': 'Zpětné volání volajícího v terénu' },
    reason: {
      'not-configured': 'není nastavena žádná služba SMS',
      uncertain: 'není známo, zda ji služba přijala',
      'too-late': 'nepodařilo se odeslat včas',
      timeout: 'služba neodpovídá',
      unreachable: 'služba není dostupná',
      'too-many-requests': 'služba žádá o vyčkání',
      'no-credit': 'u služby není kredit',
      'bad-key': 'služba odmítá klíč',
      'bad-sender': 'služba odmítá odesílatele',
      'no-sender': 'není nastaven odesílatel',
      'bad-receiver': 'neplatné číslo příjemce',
      'bad-length': 'text je příliš dlouhý',
      undelivered: 'nedoručeno na telefon',
      'not-sent': 'služba ji nedokázala odeslat',
      cancelled: 'zrušeno u služby',
      'blocked-by-receiver': 'příjemce takové zprávy odmítá',
    },
  },
};
