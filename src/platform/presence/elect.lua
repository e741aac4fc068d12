--[[
  One node sweeps; another takes over when it is silent.

  KEYS[1] sweeper   KEYS[2] quiet   KEYS[3] leases   KEYS[4] dead
  ARGV[1] the node's lease   ARGV[2] now   ARGV[3] how long a silent sweeper keeps its place, in ms
  ARGV[4] how long nobody swept when Redis was away, in ms   ARGV[5] how long to wait then, in ms

  Returns 1 when the node is to sweep now, 2 when it is the sweeper but has to wait, else 0; then the leases that are to be swept.
]]
local now = tonumber(ARGV[2])
local holder, at = string.match(redis.call('GET', KEYS[1]) or '', '^([^|]+)|(%d+)$')
if holder and holder ~= ARGV[1] and now - tonumber(at) < tonumber(ARGV[3]) then return { 0 } end
local quiet = tonumber(redis.call('GET', KEYS[2]) or '0')
-- Every lease ran out meanwhile, and nobody could help it.
if holder and now - tonumber(at) > tonumber(ARGV[4]) then
  quiet = math.max(quiet, now + tonumber(ARGV[5]))
  redis.call('SET', KEYS[2], string.format('%d', quiet))
end
redis.call('SET', KEYS[1], ARGV[1] .. '|' .. ARGV[2])
if now < quiet then return { 2 } end
for _, lease in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(' .. ARGV[2])) do
  redis.call('ZREM', KEYS[3], lease)
  redis.call('SADD', KEYS[4], lease)
end
return { 1, unpack(redis.call('SMEMBERS', KEYS[4])) }
