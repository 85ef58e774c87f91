/** How axes and tips of every chart look. */
export const tick = { fill: "var(--muted)", fontSize: 11 };
export const tip = {
	background: "var(--overlay)",
	border: "1px solid var(--border)",
	borderRadius: 6,
	fontSize: 12,
	color: "var(--foreground)",
};
