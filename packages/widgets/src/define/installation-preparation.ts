import './day-field.ts';
import { CwInstallationPreparation } from '../components/installation-preparation/installation-preparation.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-installation-preparation', CwInstallationPreparation);
