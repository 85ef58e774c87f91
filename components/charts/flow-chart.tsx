"use client";
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFrame } from "./chart-frame";
import { tick, tip } from "./chart-style";

export interface FlowPoint {
	/** Start of the hour or day. */
	at: Date;
	/** Orders by series key. */
	values: Record<string, number>;
}
interface FlowChartProps {
	title: string;
	unit: string;
	series: { key: string; label: string; color: string }[];
	points: FlowPoint[];
	timeZone: string;
	/** How a point's time is written on the axis. */
	step: "hour" | "day";
	stacked?: boolean;
}

/** Counts over time as bars: what came in and what went out. */
export function FlowChart({ title, unit, series, points, timeZone, step, stacked }: FlowChartProps) {
	const rows = points.map(({ at, values }) => ({ at: axisTime(at, timeZone, step), ...values }));
	return (
		<ChartFrame
			title={title}
			unit={unit}
			table={{
				columns: [step === "hour" ? "Hour" : "Day", ...series.map(({ label }) => label)],
				rows: points.map(({ at, values }) => [at.toISOString(), ...series.map(({ key }) => values[key] ?? 0)]),
			}}
		>
			<ResponsiveContainer width="100%" height={200}>
				<BarChart
					data={rows}
					margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
					barCategoryGap="20%"
					accessibilityLayer={false}
				>
					<CartesianGrid vertical={false} stroke="var(--separator)" />
					<XAxis dataKey="at" tick={tick} tickLine={false} axisLine={{ stroke: "var(--border)" }} minTickGap={24} />
					<YAxis tick={tick} tickLine={false} axisLine={false} width={36} allowDecimals={false} />
					<Tooltip cursor={{ fill: "var(--surface-secondary)" }} contentStyle={tip} isAnimationActive={false} />
					<Legend
						itemSorter={null}
						iconType="circle"
						iconSize={8}
						wrapperStyle={{ fontSize: 12 }}
						formatter={legendText}
					/>
					{series.map(({ key, label, color }) => (
						<Bar
							key={key}
							dataKey={key}
							name={label}
							fill={color}
							maxBarSize={18}
							isAnimationActive={false}
							{...(stacked && { stackId: "one" })}
						/>
					))}
				</BarChart>
			</ResponsiveContainer>
		</ChartFrame>
	);
}

const legendText = (label: string) => <span style={{ color: "var(--muted)" }}>{label}</span>;

function axisTime(at: Date, timeZone: string, step: FlowChartProps["step"]): string {
	return step === "hour"
		? at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone })
		: at.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone });
}
