/** Says what happens, a line each, with the seconds since the start in front. */
export function progress(
	write: (text: string) => void,
	now: () => number = () => performance.now(),
): (line: string) => void {
	return (line) => write(`${(now() / 1000).toFixed(1).padStart(6)} s  ${line}\n`);
}
