import type { ReactNode } from "react";

interface ChartFrameProps {
	title: string;
	/** What the numbers count, such as "orders per hour". */
	unit: string;
	/** The same figures for those who do not see the picture. */
	table: { columns: string[]; rows: (string | number)[][] };
	children: ReactNode;
}

/** A picture with its title, its unit and a table behind it for screen readers. */
export function ChartFrame({ title, unit, table, children }: ChartFrameProps) {
	return (
		<figure className="m-0">
			<figcaption className="mb-2 flex items-baseline gap-2">
				<span className="font-medium">{title}</span>
				<span className="text-[12px] text-muted">{unit}</span>
			</figcaption>
			<div aria-hidden>{children}</div>
			{/* A table takes no width of its own: what hides it is around it. */}
			<div className="sr-only">
				<table>
					<caption>
						{title}, {unit}
					</caption>
					<thead>
						<tr>
							{table.columns.map((column) => (
								<th key={column} scope="col">
									{column}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{table.rows.map((row) => (
							<tr key={String(row[0])}>
								{row.map((cell, index) => (
									<td key={table.columns[index]}>{cell}</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</figure>
	);
}
