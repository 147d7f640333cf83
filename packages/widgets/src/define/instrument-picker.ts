import { CwInstrumentPicker } from '../components/instrument-picker/instrument-picker.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-instrument-picker', CwInstrumentPicker);
