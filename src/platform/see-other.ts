/** Sends the browser on to another page after a form (303), with a cookie to set where there is one. */
export function seeOther(location: string, setCookie?: string): Response {
  const headers = new Headers({ location });
  if (setCookie) headers.append('set-cookie', setCookie);
  return new Response(null, { status: 303, headers });
}
