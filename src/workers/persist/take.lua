#!lua flags=allow-oom
--[[
  Takes a partition to store: leases it, and reads what its rooms have past their durable watermarks, in order. It works
  while Redis is out of memory: what it leads to frees some.

  KEYS[1] lease   KEYS[2] dirty
  ARGV[1] worker   ARGV[2] lease in ms   ARGV[3] rooms at most   ARGV[4] entries at most   ARGV[5] key prefix of the partition
  ARGV[6...] rooms that are passed over for now

  Returns -1 when another worker has it, else a list of { room, epoch, entries as XRANGE gives them }.
]]
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return -1 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])

local passed_over, passed = {}, 0
for i = 6, #ARGV do
  passed_over[ARGV[i]] = true
  passed = passed + 1
end
local taken = {}
local left = tonumber(ARGV[4])
for _, room in ipairs(redis.call('ZRANGE', KEYS[2], 0, tonumber(ARGV[3]) + passed - 1)) do
  if left <= 0 or #taken >= tonumber(ARGV[3]) then break end
  if not passed_over[room] then
    local meta = redis.call('HMGET', ARGV[5] .. ':meta:' .. room, 'e', 'd')
    local entries = {}
    if meta[1] then
      entries = redis.call('XRANGE', ARGV[5] .. ':log:' .. room, '(' .. meta[2] .. '-0', '+', 'COUNT', left)
    end
    left = left - #entries
    taken[#taken + 1] = { room, meta[1] or '', entries }
  end
end
return taken
