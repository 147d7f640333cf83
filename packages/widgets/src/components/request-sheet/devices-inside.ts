/** Loaded with the first call of somebody who has bought devices. */
import '../../define/customer-balance.ts';
import '../../define/device-list.ts';
import '../../define/ticket-panel.ts';
