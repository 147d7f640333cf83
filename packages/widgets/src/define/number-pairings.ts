import { CwNumberAttempts } from '../components/number-pairings/attempt-panel.ts';
import { CwNumberCallers } from '../components/number-pairings/caller-panel.ts';
import { CwNumberImport } from '../components/number-pairings/import-panel.ts';
import { CwNumberPairings } from '../components/number-pairings/number-pairings.ts';
import { CwNumberPairingList } from '../components/number-pairings/pairing-panel.ts';
import { CwNumberProjects } from '../components/number-pairings/project-panel.ts';
import { CwNumberStock } from '../components/number-pairings/stock-panel.ts';
import { defineElement } from '../registration.ts';
import './day-field.ts';

defineElement('cw-number-projects', CwNumberProjects);
defineElement('cw-number-stock', CwNumberStock);
defineElement('cw-number-callers', CwNumberCallers);
defineElement('cw-number-pairing-list', CwNumberPairingList);
defineElement('cw-number-import', CwNumberImport);
defineElement('cw-number-attempts', CwNumberAttempts);
defineElement('cw-number-pairings', CwNumberPairings);
