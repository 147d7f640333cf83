// The technicians' page: a device is looked up by its serial number, and its installation form is prepared.
import { devices } from '/widgets/callweave.js';

const [form, list] = [document.querySelector('.lookup'), document.querySelector('.lookup-found')];
await Promise.all(['cw-desk', 'cw-installation-preparation'].map((tag) => customElements.whenDefined(tag)));
const element = document.querySelector('cw-desk');
await element.updateComplete;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const query = form.elements.serial.value.trim();
  const page = await element.desk.use(devices).search(query === '' ? {} : { query });
  list.replaceChildren(
    ...page.devices.map((device) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = `${device.brand} ${device.model} · ${device.serial ?? device.dongle ?? device.userId}`;
      button.addEventListener('click', () => {
        const preparation = document.createElement('cw-installation-preparation');
        preparation.deviceId = device.id;
        list.replaceChildren(preparation);
      });
      return button;
    }),
  );
  if (page.devices.length === 0) list.textContent = form.dataset.nothing;
});
