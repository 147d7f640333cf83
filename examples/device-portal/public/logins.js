// The site's own page around the widgets: a buyer who is shown above is given a login of this site.
const form = document.querySelector('.logins form');
const [username, button] = [form.elements.username, form.querySelector('button')];

document.addEventListener('cw-buyer-open', ({ buyer }) => {
  form.elements.customerId.value = buyer?.customerId ?? '';
  form.elements.name.value = buyer?.name ?? '';
  form.querySelector('.chosen').textContent = buyer?.name ?? '';
  username.disabled = button.disabled = buyer === undefined;
});
