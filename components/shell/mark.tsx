/** A dock door, crossed by one arrow in and one out. Drawn in the colour of the text around it. */
export function Mark({ size = 20, title }: { size?: number; title?: string }) {
	return (
		// biome-ignore lint/a11y/noSvgWithoutTitle: without a title it stands beside its word and is hidden
		<svg
			width={size}
			height={size}
			viewBox="0 0 24 24"
			fill="none"
			stroke="currentColor"
			strokeWidth={2}
			strokeLinecap="round"
			strokeLinejoin="round"
			{...(title ? { role: "img" } : { "aria-hidden": true })}
		>
			{title && <title>{title}</title>}
			<path d={doorPath} />
			<path d={arrowInPath} />
			<path d={arrowOutPath} />
		</svg>
	);
}

export const doorPath = "M8 3h8a5 5 0 0 1 5 5M21 16a5 5 0 0 1-5 5H8M3 16V8a5 5 0 0 1 5-5M3 16a5 5 0 0 0 5 5";
export const arrowInPath = "M1.5 9.5H14m-3-3 3 3-3 3";
export const arrowOutPath = "M10 15h12.5m-3-3 3 3-3 3";
