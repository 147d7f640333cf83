// The secret of the link stands after the #, where no server and no log sees it.
document.querySelector('cw-transfer-acceptance').setAttribute('token', location.hash.slice(1));
