import { customers } from '/widgets/callweave.js';

// The page of one client: the portal knows its own client number, the desk's form wants the desk's customer.
const place = document.querySelector('[data-client-number]');
await Promise.all(['cw-desk', 'cw-customer-form'].map((tag) => customElements.whenDefined(tag)));
const element = document.querySelector('cw-desk');
await element.updateComplete;
const number = place.dataset.clientNumber;
const found = await element.desk
  .use(customers)
  .find(number)
  .catch(() => []);
const customer = found.find(({ username }) => username === number);
if (customer) {
  const form = document.createElement('cw-customer-form');
  form.customerId = customer.id;
  form.addEventListener('cw-cancel', () => location.assign('/clients'));
  place.replaceChildren(form);
} else place.textContent = place.dataset.missing;
