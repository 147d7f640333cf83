import { CwInstallationForm } from '../components/installation-form/installation-form.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-installation-form', CwInstallationForm);
