/** Hands a PDF to the browser, which shows it or saves it under this name (ASCII letters, digits, hyphens). */
export function pdfResponse(pdf: Uint8Array<ArrayBuffer>, name: string): Response {
  return new Response(pdf, {
    headers: {
      'content-type': 'application/pdf',
      'content-length': String(pdf.length),
      'content-disposition': `attachment; filename="${name.replace(/[^A-Za-z0-9-]/g, '-')}.pdf"`,
    },
  });
}
