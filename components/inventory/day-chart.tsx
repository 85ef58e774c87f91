"use client";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFrame } from "../charts/chart-frame";
import { tick, tip } from "../charts/chart-style";
import type { Explained } from "./explain-page";

const lines = [
	{ key: "onHand", name: "On hand", color: "var(--muted)" },
	{ key: "available", name: "Available", color: "var(--accent)" },
	{ key: "locked", name: "Locked", color: "var(--warning)" },
	{ key: "incoming", name: "Incoming", color: "var(--success)" },
] as const;

/** What the warehouse counted, as steps: it holds until the next count that differs. */
export function DayChart({ days }: Pick<Explained, "days">) {
	const rows = days.map((day) => ({ ...day, at: Date.parse(day.day) }));
	const shown = lines.filter(({ key }) => key === "available" || days.some((day) => day[key] !== 0));
	const word = (at: number) =>
		new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
	return (
		<ChartFrame
			title="Stock"
			unit="units"
			table={{
				columns: ["Day", ...shown.map(({ name }) => name)],
				rows: days.map((day) => [day.day, ...shown.map(({ key }) => day[key])]),
			}}
		>
			<ResponsiveContainer width="100%" height={180}>
				<LineChart data={rows} margin={{ top: 4, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
					<CartesianGrid vertical={false} stroke="var(--separator)" />
					<XAxis
						{...{
							dataKey: "at",
							type: "number",
							domain: ["dataMin", "dataMax"],
							tick,
							tickLine: false,
							minTickGap: 40,
						}}
						tickFormatter={word}
					/>
					<YAxis tick={tick} tickLine={false} axisLine={false} width={40} allowDecimals={false} />
					<Tooltip contentStyle={tip} isAnimationActive={false} labelFormatter={(at) => word(Number(at))} />
					{shown.map(({ key, name, color }) => (
						<Line
							key={key}
							type="stepAfter"
							dataKey={key}
							{...{ name, stroke: color, strokeWidth: 1.5 }}
							dot={days.length === 1}
							isAnimationActive={false}
						/>
					))}
				</LineChart>
			</ResponsiveContainer>
			<p className="mt-1 flex flex-wrap gap-x-3 text-[12px] text-muted">
				{shown.map(({ key, name, color }) => (
					<span key={key} className="flex items-center gap-1.5">
						<span className="inline-block h-0.5 w-3" style={{ background: color }} />
						{name}
					</span>
				))}
			</p>
		</ChartFrame>
	);
}
