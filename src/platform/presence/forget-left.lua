--[[
  Forgets when people were last seen, once it is stored. Who was seen again since stays.

  KEYS[1] left   ARGV user, what was stored of them, user, …
]]
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', KEYS[1], ARGV[i]) end
end
return 0
