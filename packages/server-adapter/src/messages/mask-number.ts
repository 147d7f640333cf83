/** `+989121234567` → `+98912•••4567`: enough for whoever knows the number already, too little for anybody else. */
export function maskNumber(number: string): string {
  if (number.length < 9) return number.replaceAll(/\d/g, '•');
  return `${number.slice(0, Math.min(6, number.length - 6))}•••${number.slice(-4)}`;
}
