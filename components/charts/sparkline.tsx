/** A line as small as a word; what it says is said in its label. */
export function Sparkline({ values, label, width = 96 }: { values: number[]; label: string; width?: number }) {
	const height = 20;
	const most = Math.max(1, ...values);
	const step = values.length > 1 ? width / (values.length - 1) : 0;
	const points = values
		.map((value, index) => `${index * step},${height - 2 - (value / most) * (height - 4)}`)
		.join(" ");
	return (
		<svg
			width={width}
			height={height}
			viewBox={`0 0 ${width} ${height}`}
			role="img"
			aria-label={label}
			className="text-accent"
		>
			<polyline points={points} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" />
		</svg>
	);
}
