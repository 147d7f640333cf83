import { CompiledQuery, type DatabaseConnection } from 'kysely';

const commands = new Map<string, CompiledQuery>();

/** Runs a statement that has no parameters and gives no rows, such as `begin`. Each is made once. */
export async function runCommand(connection: DatabaseConnection, sql: string): Promise<void> {
  let command = commands.get(sql);
  if (command === undefined) commands.set(sql, (command = CompiledQuery.raw(sql)));
  await connection.executeQuery(command);
}
