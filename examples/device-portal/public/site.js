// The site around the widgets: what they ask a page to do, it does here.
const PAGES = { renew: '/service', pay: '/service', 'confirm-installation': '/handover' };

document.addEventListener('cw-ticket-way-out', ({ wayOut }) => location.assign(PAGES[wayOut]));
